import { isThenable } from '@bailiwick/protocol'

/**
 * Keeps what was read with the object that it was read from: a verifier with a cache hands out the same token object again. What
 * threw or rejected is not kept.
 */
export function readOnce<Source extends object, Reading>(
  read: (source: Source) => Reading | Promise<Reading>,
): (source: Source) => Reading | Promise<Reading> {
  const readings = new WeakMap<Source, Reading | Promise<Reading>>()
  return (source) => {
    const kept = readings.get(source)
    if (kept !== undefined) return kept
    const reading = read(source)
    readings.set(source, reading)
    if (isThenable(reading)) {
      Promise.resolve(reading as Promise<Reading>).then(
        (settled) => readings.set(source, settled),
        () => readings.delete(source),
      )
    }
    return reading
  }
}
