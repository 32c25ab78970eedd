"""How the desk looks, writes days and what it leads to: settings of django-unfold."""

FORMAT_MODULE_PATH = "clinic.formats"

UNFOLD = {
    "SITE_TITLE": "Home exercise",
    "SITE_HEADER": "Home exercise",
    "SITE_SYMBOL": "physical_therapy",
    "SITE_URL": None,
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "STYLES": ["plans.admin.navigation.style_address", "plans.admin.navigation.manners_style_address"],
    "SCRIPTS": [
        "plans.admin.navigation.words_address",
        "plans.admin.navigation.palette_address",
        "plans.admin.navigation.manners_address",
    ],
    "SHOW_LANGUAGES": True,
    "LANGUAGES": {
        "navigation": "plans.admin.accounts.language.offered_languages",
        "action": "plans.admin.accounts.language.language_action",
    },
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": "plans.admin.navigation.icon_address"}
    ],
    "SIDEBAR": {"navigation": "plans.admin.navigation.menu"},
    "DASHBOARD_CALLBACK": "plans.admin.home.dashboard",
    "COLORS": {
        "primary": {
            "50": "#eff8fb",
            "100": "#d9eef4",
            "200": "#b4dde9",
            "300": "#82c5d9",
            "400": "#4aa5c0",
            "500": "#2b87a4",
            "600": "#1f6a84",
            "700": "#1b566c",
            "800": "#19475a",
            "900": "#183c4c",
            "950": "#0d2733",
        }
    },
}
