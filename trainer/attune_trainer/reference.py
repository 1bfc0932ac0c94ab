"""The model that a policy started from, which the policy is measured against and pulled back to."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager

from peft import PeftModel

from attune_trainer.policy import Policy, adapter_off, frozen


class Reference:
    """A frozen copy of a policy as it is now; of one with an adapter no copy is needed, only the adapter off."""

    def __init__(self, policy: Policy):
        self._policy = policy
        self._copy = None if isinstance(policy, PeftModel) else frozen(copy.deepcopy(policy))

    @contextmanager
    def asked(self) -> Iterator[Policy]:
        """The reference, while the block lasts."""
        with adapter_off(self._policy):
            yield self._policy if self._copy is None else self._copy
