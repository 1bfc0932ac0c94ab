"""DPO and PPO on happy stories by the clock: `python experiments/stories_clock.py`.

The runs behind stories-dpo.json and stories-ppo.json once more, one thread each, on a machine with nothing else to do;
their wall and processor seconds are printed and nothing is written to docs/.
"""

import sys
import time

import stories_dpo
import stories_ppo
import torch
from stories_setup import reward_model_path

MOST_SECONDS = 600


def main() -> int:
    torch.set_num_threads(1)
    # Made before, so that no run waits for it.
    reward_model_path()
    recipe, settings = stories_dpo.POLICIES["dpo"]
    runs = {
        "dpo": lambda: stories_dpo.learnt("dpo", recipe, stories_dpo.compared_once(), settings),
        "ppo": stories_ppo.learnt,
    }
    print("| run | wall seconds | processor seconds | under ten minutes |\n|---|--:|--:|---|")
    for name, run in runs.items():
        wall, processor = time.monotonic(), time.process_time()
        run()
        wall, processor = time.monotonic() - wall, time.process_time() - processor
        print(f"| {name} | {wall:.0f} | {processor:.0f} | {'yes' if wall < MOST_SECONDS else 'no'} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
