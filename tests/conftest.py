"""What holds for every test: a loaded machine is slow, not wrong."""

from hypothesis import HealthCheck, settings

settings.register_profile("divan", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", settings.get_profile("divan"), derandomize=False, max_examples=20_000)
settings.load_profile("divan")
