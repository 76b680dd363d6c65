"""What holds for every test: a loaded machine is slow, not wrong."""

from hypothesis import HealthCheck, settings

settings.register_profile("divan", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("divan")
