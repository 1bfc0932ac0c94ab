import { useEffect, useState } from 'react';

/** A value that follows when it has rested for a while, so that not every keystroke asks the server. */
export function useSettled<Value>(value: Value, restMs = 350): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), restMs);
    return () => clearTimeout(timer);
  }, [value, restMs]);
  return settled;
}
