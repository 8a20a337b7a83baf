import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  // In this workspace, the packages are read from their sources: an app leaves this line out.
  resolve: { conditions: ['@bailiwick/source', ...defaultClientConditions] },
})
