"""Runs a module of the tests or the scripts as a program inside Django: `python -m tests.with_django MODULE ...`.

The module then imports models where imports belong; the settings are named by the environment.
"""

import runpy
import sys

import django

if __name__ == "__main__":
    django.setup()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
