"""Reminders: asked for or switched on, made when their hour comes, sent, ended."""
