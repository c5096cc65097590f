"""The contract: what a NemoVideo service does, whoever built it.

`pytest --pyargs nemovideo_pytest.contract` asks it of a fake, `--nemo-url URL` of any service. Every test
names the behaviours it rests on (`basis`), and speaks plain HTTP through a `visitor`.
"""
