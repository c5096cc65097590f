"""Processes of our own making: what may hang, crash or fill the memory runs in one that can be ended."""
