import { watch } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

// Editors and tools change a file in several steps; what is between them is nobody's configuration.
const settleMs = 60

/**
 * Calls back when a file has changed. Its folder is watched rather than the file, since editors put a new file in the place of the old
 * one, and a link may be pointed elsewhere.
 */
export async function watchFile(file: string, onChange: () => void): Promise<{ close(): void }> {
  const path = resolve(file)
  let known = await stateOf(path)
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    const state = await stateOf(path)
    if (state === known) return
    known = state
    onChange()
  }

  const watcher = watch(dirname(path), () => {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), settleMs)
  })
  // A folder that goes away ends the watch; what was read last goes on.
  watcher.on('error', () => watcher.close())
  return {
    close() {
      clearTimeout(timer)
      watcher.close()
    },
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
