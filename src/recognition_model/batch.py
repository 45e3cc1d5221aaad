"""Many sequences of acts at once. The public name of `engine.batch`."""

from recognition_model.engine.batch import *  # noqa: F403
