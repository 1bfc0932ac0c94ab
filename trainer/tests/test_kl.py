"""Estimates of KL and the controllers of its weight."""

import pytest
import torch

from attune_trainer.kl import KlController, k1, k2, k3


def test_estimators_by_hand() -> None:
    """Schulman 2020 with π = .5 and π_ref = .25: r = .5, log r = −ln 2."""
    logprobs, ref_logprobs = torch.tensor([0.5]).log(), torch.tensor([0.25]).log()
    assert k1(logprobs, ref_logprobs).item() == pytest.approx(0.6931472)
    assert k2(logprobs, ref_logprobs).item() == pytest.approx(0.5 * 0.6931472**2)
    assert k3(logprobs, ref_logprobs).item() == pytest.approx(-0.5 + 0.6931472)


def test_k1_and_k3_average_to_the_divergence() -> None:
    """Over all tokens, weighed by π, the unbiased estimates give Σ π·log(π/π_ref)."""
    generator = torch.Generator().manual_seed(0)
    policy, reference = torch.rand(2, 50, generator=generator).log_softmax(-1)
    divergence = torch.nn.functional.kl_div(reference, policy, log_target=True, reduction="sum")
    for estimate in (k1, k3):
        torch.testing.assert_close((policy.exp() * estimate(policy, reference)).sum(), divergence)


def controller(kind: str) -> KlController:
    return KlController(kind, first=0.2, target=6.0, horizon=10_000, rounds=10, weight=0.2)


def test_the_adaptive_controller_by_hand() -> None:
    """Ziegler et al. 2019, §2.2: β ← β·(1 + clip(KL/target − 1, ±.2)·n/horizon); 256 answers each time."""
    adaptive = controller("adaptive")
    adaptive.update(kl=6.6, answers=256, rounds_done=1)
    assert adaptive.weight == pytest.approx(0.2 * (1 + 0.1 * 0.0256))
    before = adaptive.weight
    adaptive.update(kl=60.0, answers=256, rounds_done=2)
    assert adaptive.weight == pytest.approx(before * (1 + 0.2 * 0.0256))
    before = adaptive.weight
    adaptive.update(kl=0.0, answers=256, rounds_done=3)
    assert adaptive.weight == pytest.approx(before * (1 - 0.2 * 0.0256))


def test_the_adaptive_weight_stays_positive_and_comes_back_when_a_round_outweighs_the_horizon() -> None:
    adaptive = KlController("adaptive", first=0.2, target=6.0, horizon=300, rounds=10, weight=0.2)
    # 1 − .2 · 2048 / 300 would be negative.
    adaptive.update(kl=0.0, answers=2048, rounds_done=1)
    assert adaptive.weight == pytest.approx(0.1)
    for done in range(2, 12):
        adaptive.update(kl=0.0, answers=2048, rounds_done=done)
    assert adaptive.weight == pytest.approx(0.2 * 0.5**11)
    before = adaptive.weight
    adaptive.update(kl=60.0, answers=2048, rounds_done=12)
    assert adaptive.weight == pytest.approx(1.5 * before)


def test_the_linear_controller_ends_at_zero_and_the_fixed_one_stays() -> None:
    linear, fixed = controller("linear"), controller("fixed")
    for done in range(1, 6):
        linear.update(100.0, 64, done)
        fixed.update(100.0, 64, done)
    assert linear.weight == pytest.approx(0.1)
    assert fixed.weight == 0.2
    linear.update(0.0, 64, 10)
    assert linear.weight == 0
