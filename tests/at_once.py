"""Two transactions at once: the second in a thread with a connection of its own."""

import threading

from django.db import connection


def in_thread(call):
    """Call it in a thread that has begun when this returns; who called joins it."""

    def go():
        try:
            call()
        finally:
            connection.close()

    thread = threading.Thread(target=go)
    thread.start()
    return thread


def someone_waits_for_a_lock():
    """Whether a transaction on PostgreSQL waits for another one's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0]
