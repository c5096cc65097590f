"""The words a brain (the fake, a replay) and a door (aiohttp, httpx) say to each other."""
