"""The pytest pieces that join client, fake server and proxy."""
