import { watch } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** A file whose changes are noticed. */
export interface WatchedFile {
  /** Calls back after each change from now on, and at once if there was one since the watch began. */
  onChange(callback: () => void): void
  close(): void
}

// Editors and tools change a file in several steps; what is between them is nobody's configuration.
const settleMs = 60

/**
 * Watches a file, from before it is read on, so that no change is missed. Its folder is watched rather than the file, since editors put
 * a new file in the place of the old one, and a link may be pointed elsewhere.
 */
export async function watchFile(file: string): Promise<WatchedFile> {
  const path = resolve(file)
  let known = await stateOf(path)
  let missed = false
  let changed = (): void => {
    missed = true
  }
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    const state = await stateOf(path)
    if (state === known) return
    known = state
    changed()
  }

  const watcher = watchFolder(dirname(path), () => {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), settleMs)
  })
  return {
    onChange(callback) {
      changed = callback
      if (missed) callback()
    },
    close() {
      clearTimeout(timer)
      watcher?.close()
    },
  }
}

// Without a folder there is no file to be watched in it, which reading it says better.
function watchFolder(folder: string, onEvent: () => void): { close(): void } | undefined {
  try {
    const watcher = watch(folder, onEvent)
    // A folder that goes away ends the watch; what was read last goes on.
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return undefined
  }
}

async function stateOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await stat(path)
    return `${ino} ${size} ${mtimeMs}`
  } catch {
    return 'none'
  }
}
