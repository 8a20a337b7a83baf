import { arch, availableParallelism, cpus, platform } from 'node:os'

/** The kind of machine that figures hold for: nothing in it tells one machine from another of its kind. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  return `${availableParallelism()} cores (${model}), ${platform()} ${arch()}, Node ${process.version}`
}
