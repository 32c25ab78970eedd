"""A content made into a handout: its page, its PDF, and the check of that. Neither database nor queue."""
