"""Asks Attune through the unmodified openai client, prints the answer and rates it.

    pip install openai
    ATTUNE_API_KEY=… python examples/python/ask_and_rate.py "How do I wash my hands?" --stars 5
"""

import argparse
import json
import os
import urllib.request

from openai import OpenAI

parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
parser.add_argument("question")
parser.add_argument("--stars", type=float, help="your rating, 1 to 5; asked for when left out")
parser.add_argument("--model", default=os.environ.get("ATTUNE_MODEL", "attune"))
arguments = parser.parse_args()

url = os.environ.get("ATTUNE_URL", "http://127.0.0.1:7420").rstrip("/")
client = OpenAI(base_url=f"{url}/v1", api_key=os.environ["ATTUNE_API_KEY"])

answer = client.chat.completions.create(
    model=arguments.model,
    messages=[{"role": "user", "content": arguments.question}],
)
print(answer.choices[0].message.content)

# What Attune adds beside OpenAI's fields: the score, and a token with which anybody may rate this one answer.
attune = answer.model_extra["attune"]
score = attune["reward_score"]
print(f"\n{attune['candidates_count']} candidates, reward {'none yet' if score is None else f'{score:.2f}'}")

stars = arguments.stars or float(input("Your rating, 1 to 5: "))
request = urllib.request.Request(
    f"{url}/api/assistant/feedback",
    data=json.dumps({"response_id": attune["response_id"], "rating": stars}).encode(),
    headers={
        "authorization": f"Bearer {attune['feedback_token']}",
        "content-type": "application/json",
    },
)
with urllib.request.urlopen(request) as response:
    print(f"Rated: {json.load(response)['rating_overall']} stars")
