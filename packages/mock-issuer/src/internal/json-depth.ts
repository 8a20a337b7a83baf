/**
 * Whether a JSON value has objects or lists in one another over more levels than that; what is no object or list has none. It looks no
 * deeper than it has to, so it can be asked about any value.
 */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(member, levels - 1))
}
