import { arch, availableParallelism, cpus, loadavg, platform } from 'node:os'

/** The kind of machine that figures hold for: nothing in it tells one machine from another of its kind. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  return `${availableParallelism()} cores (${model}), ${platform()} ${arch()}, Node ${process.version}`
}

/** How busy the machine is with other things: asked before a program starts. */
export function describeLoad(): string {
  const [lastMinute = 0] = loadavg()
  return `${lastMinute.toFixed(1)} processes at work in the minute before`
}
