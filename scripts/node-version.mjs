/** Ends the process, saying what to do, unless this Node runs the workspace's tools. Imported first, for its effect. */
const [major, minor] = process.versions.node.split('.').map(Number)
const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24

if (!supported) {
  console.error(
    `This workspace needs Node 20.19 or later of 20, 22.12 or later of 22, or 24 and up; this is Node ${process.versions.node}.`,
  )
  console.error(
    'Install one from https://nodejs.org or with your version manager (for example `nvm install 22`), and run the command again.',
  )
  process.exit(1)
}
