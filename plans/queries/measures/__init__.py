"""What measures say of patients, read for the page, the desk and the API: what is asked now, and what changed."""
