"""Send a plan's link to a patient by mail: consent, the row that waits, its sending, what comes back."""
