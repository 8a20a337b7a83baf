import { serveSession } from './session-worker/serve-session.js'
import type { SessionSettings } from './session-worker/session-worker.js'

// The page hands in a port, and speaks on it from then on.
addEventListener('message', ({ data, ports: [port] }: MessageEvent<SessionSettings>) => port && serveSession(port, data))
