"""What holds for every test: a loaded machine is slow, not wrong; what a file builds once is built in one process."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("divan", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", settings.get_profile("divan"), derandomize=False, max_examples=20_000)
settings.load_profile("divan")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file's tests go to one process, unless they name another group."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
