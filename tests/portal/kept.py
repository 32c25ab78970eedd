"""A phone that keeps plans: what it is given to do, how its clock is turned, and what is left on it."""

from playwright.sync_api import expect

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "en-US"}
HOURS = 60 * 60 * 1000
LEFT = """async () => [
  ...(await caches.keys()),
  ...(await indexedDB.databases()).map((one) => one.name),
  ...(await navigator.serviceWorker.getRegistrations()).map((one) => one.scope),
  ...Object.keys(sessionStorage), ...Object.keys(localStorage),
]"""
WAITING = """key => new Promise((resolve) => {
  const request = indexedDB.open("kept");
  request.onsuccess = () => {
    const all = request.result.transaction("waiting").objectStore("waiting").getAll();
    all.onsuccess = () => { request.result.close(); resolve(all.result.filter((one) => one.plan === key)); };
  };
})"""
CONTACT = """() => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event) => resolve(event.data);
  navigator.serviceWorker.controller.postMessage("contact", [port2]);
})"""
CLOCK = "hours => { self.trueNow ??= Date.now.bind(Date); Date.now = () => trueNow() + hours * 3600000; }"


def enter(page, path):
    page.goto(path)
    for field, typed in {"day": "17", "month": "5", "year": "1960"}.items():
        page.locator(f"#{field}").fill(typed)
    page.locator("#year").press("Enter")
    expect(page.locator("a[data-play]")).to_be_visible()


def press_keep(page):
    page.get_by_role("button", name="Keep on this phone").tap()


def keep(context, path):
    """Open the plan, keep it on this phone, and cut the network off."""
    page = context.new_page()
    enter(page, path)
    press_keep(page)
    expect(page.get_by_text("Your plan is on this phone now.")).to_be_visible()
    context.set_offline(True)
    return page


def turn_clock(context, hours):
    """Set the phone's clock so many hours ahead of the true one, for its worker and for pages that open from now on."""
    context.add_init_script(f"({CLOCK})({hours})")
    for worker in context.service_workers:
        worker.evaluate(CLOCK, hours)


def reach(context, page):
    """Let the network come back, and wait until the clinic was heard of."""
    address = page.url
    page.goto("about:blank")  # a kept page that hears of the network goes on by itself
    context.set_offline(False)
    page.goto(address)
    page.evaluate(CONTACT)


def nothing_is_left(page):
    page.wait_for_function(f"({LEFT})().then((left) => left.length === 0)")


def heading(page):
    return page.get_by_role("heading", level=1)
