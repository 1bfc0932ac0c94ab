/** Gathers pieces of text and hands them on together, once per turn of `schedule`, so that a fast stream is drawn once per frame. */
export function textBatches(take: (text: string) => void, schedule: (task: () => void) => void) {
  let waiting = '';
  const flush = () => {
    if (waiting === '') return;
    const text = waiting;
    waiting = '';
    take(text);
  };
  return {
    add(text: string) {
      if (waiting === '') schedule(flush);
      waiting += text;
    },
    flush,
  };
}
