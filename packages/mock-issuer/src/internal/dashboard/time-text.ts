/** A time for people: `2026-11-22 10:00:00 UTC`. Times that no calendar has are said to be so. */
export function formatTime(epochMs: number): string {
  const date = new Date(epochMs)
  if (Number.isNaN(date.getTime())) return 'outside of every calendar'
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** The time of day alone: `10:00:00`. */
export function formatTimeOfDay(epochMs: number): string {
  return Number.isNaN(new Date(epochMs).getTime()) ? '?' : new Date(epochMs).toISOString().slice(11, 19)
}

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const

/** A length of time in its two largest units: `4 min 12 s`. Its sign is left out. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000)
  const first = units.findIndex(([, size]) => seconds >= size)
  if (first === -1) return '0 s'
  let rest = seconds
  const parts = units.slice(first, first + 2).flatMap(([unit, size]) => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return count === 0 ? [] : [`${count} ${unit}`]
  })
  return parts.join(' ')
}
