import { arch, availableParallelism, cpus, loadavg, platform } from 'node:os'

/** The kind of machine that the figures hold for. It does not identify the individual machine. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  return `${availableParallelism()} cores (${model}), ${platform()} ${arch()}, Node ${process.version}`
}

/** How busy the machine is with other work. Call it before a program starts. */
export function describeLoad(): string {
  const [lastMinute = 0] = loadavg()
  return `${lastMinute.toFixed(1)} processes at work in the minute before`
}
