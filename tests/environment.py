"""Loaded before the settings are read (``-p`` in pyproject.toml): no test touches the data of its machine."""

import atexit
import os
import shutil
import tempfile

from hypothesis import settings

if "PYTEST_XDIST_WORKER" not in os.environ:  # workers share the folder of the run that started them
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="portal-test-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

settings.register_profile("portal", deadline=None)  # a busy machine is no fault of the code: time is for the bench
settings.load_profile("portal")
