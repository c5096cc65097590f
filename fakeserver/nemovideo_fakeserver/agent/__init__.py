"""The scripted agent: from a message in English or Chinese to a plan that edits the draft."""
