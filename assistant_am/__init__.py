"""Answers about the job of medical assistant in France, and the aid to those who hire one."""
