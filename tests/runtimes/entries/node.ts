import { serve } from '@hono/node-server'
import { handle } from '../programs/handle.js'

serve({ fetch: handle, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log(JSON.stringify({ port })))
