"""The figures this project means to reach, each as a ratio against a bare aiohttp application.

`tox -e bench` prints them all. The two servers take turns within one run, so that a slow moment of the
machine hits both; nothing here is a test.
"""
