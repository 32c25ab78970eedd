"""Letters that leave for a mail server: who holds one, how it is handed over, what became of it."""
