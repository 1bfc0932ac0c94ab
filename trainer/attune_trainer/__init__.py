"""Attune's training engine: reward models, SFT, DPO and PPO from people's feedback."""

__version__ = "0.1.0"
