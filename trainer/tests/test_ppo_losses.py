"""PPO's losses against an independent NumPy version and by worked numbers."""

import numpy
import pytest
import torch

from attune_trainer.losses.ppo import approximate_kl, clipped_share, policy_loss, value_loss
from attune_trainer.monitors.explained_variance import explained_variance


def numpy_policy_loss(
    logprobs: numpy.ndarray, old: numpy.ndarray, advantages: numpy.ndarray, mask: numpy.ndarray, clip: float
) -> float:
    """Schulman et al. 2017, eq. 7, token by token as it is written there."""
    total, count = 0.0, 0
    for row, column in zip(*numpy.nonzero(mask), strict=True):
        ratio = numpy.exp(logprobs[row, column] - old[row, column])
        advantage = advantages[row, column]
        total += min(ratio * advantage, min(max(ratio, 1 - clip), 1 + clip) * advantage)
        count += 1
    return -total / count


def numpy_value_loss(
    values: numpy.ndarray, old: numpy.ndarray, returns: numpy.ndarray, mask: numpy.ndarray, clip: float
) -> float:
    """OpenAI's baselines, ppo2: ½·mean(max((V − R)², (clipped V − R)²))."""
    total, count = 0.0, 0
    for row, column in zip(*numpy.nonzero(mask), strict=True):
        value, before, target = values[row, column], old[row, column], returns[row, column]
        near = min(max(value, before - clip), before + clip)
        total += max((value - target) ** 2, (near - target) ** 2)
        count += 1
    return 0.5 * total / count


def drawn() -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(3)
    new, old, weights = torch.randn(3, 5, 7, dtype=torch.float64, generator=generator)
    mask = (torch.arange(7)[None] < torch.tensor([7, 1, 4, 6, 3])[:, None]).double()
    return [new * 0.5, old * 0.5, weights, mask]


def test_the_losses_agree_with_numpy() -> None:
    new, old, weights, mask = drawn()
    arrays = [tensor.numpy() for tensor in (new, old, weights, mask)]
    assert policy_loss(new, old, weights, mask, 0.2, mask.sum()).item() == pytest.approx(
        numpy_policy_loss(*arrays, clip=0.2), abs=1e-12
    )
    assert value_loss(new, old, weights, mask, 0.3, mask.sum()).item() == pytest.approx(
        numpy_value_loss(*arrays, clip=0.3), abs=1e-12
    )


def test_gradients_agree_with_differences_of_the_numpy_losses() -> None:
    new, old, weights, mask = drawn()
    for loss, other in ((policy_loss, numpy_policy_loss), (value_loss, numpy_value_loss)):
        learnt = new.clone().requires_grad_(True)
        loss(learnt, old, weights, mask, 0.2, mask.sum()).backward()
        for place in ((0, 0), (0, 6), (1, 0), (2, 3), (3, 5), (1, 4)):
            up, down = new.numpy().copy(), new.numpy().copy()
            up[place] += 1e-6
            down[place] -= 1e-6
            rest = [tensor.numpy() for tensor in (old, weights, mask)]
            slope = (other(up, *rest, clip=0.2) - other(down, *rest, clip=0.2)) / 2e-6
            assert learnt.grad is not None
            assert learnt.grad[place].item() == pytest.approx(slope, abs=1e-7)


def test_parts_of_a_minibatch_add_up_to_it() -> None:
    new, old, weights, mask = drawn()
    whole = policy_loss(new, old, weights, mask, 0.2, mask.sum())
    parts = [
        policy_loss(new[rows], old[rows], weights[rows], mask[rows], 0.2, mask.sum()) for rows in ([0, 3], [1], [2, 4])
    ]
    torch.testing.assert_close(sum(parts), whole)


def test_the_share_of_clipped_tokens() -> None:
    new, old = torch.tensor([[1.3, 1.1, 0.7, 5.0]]).log(), torch.zeros(1, 4)
    mask = torch.tensor([[1.0, 1.0, 1.0, 0.0]])
    assert clipped_share(new, old, mask, 0.2, mask.sum()).item() == pytest.approx(2 / 3)


def test_the_approximate_kl_is_that_of_the_old_policy_from_the_new() -> None:
    """Two known distributions: tokens drawn from the old one average to Σ old·log(old/new), not the other way round."""
    old, new = torch.tensor([0.7, 0.2, 0.1]), torch.tensor([0.3, 0.3, 0.4])
    divergence = (old * (old / new).log()).sum().item()
    reverse = (new * (new / old).log()).sum().item()
    assert abs(divergence - reverse) > 0.03
    generator = torch.Generator().manual_seed(0)
    drawn = torch.multinomial(old, 200_000, replacement=True, generator=generator)[None]
    mask = torch.ones_like(drawn, dtype=torch.float32)
    found = approximate_kl(new.log()[drawn], old.log()[drawn], mask, mask.sum()).item()
    assert found == pytest.approx(divergence, abs=0.01)
    # Token by token, each as often as the old policy draws it.
    exact = approximate_kl(new.log()[None], old.log()[None], old[None], 1.0).item()
    assert exact == pytest.approx(divergence, abs=1e-6)


def test_explained_variance() -> None:
    returns, mask = torch.tensor([[1.0, 2.0, 3.0, 50.0]]), torch.tensor([[1.0, 1.0, 1.0, 0.0]])
    assert explained_variance(returns + 7, returns, mask) == pytest.approx(1)
    assert explained_variance(torch.zeros(1, 4), returns, mask) == pytest.approx(0)
    assert explained_variance(-returns, returns, mask) == pytest.approx(1 - 4)
    assert explained_variance(returns, torch.ones(1, 4), mask) == 0
