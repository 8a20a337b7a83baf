import { expect, test } from 'vitest'
import { popupFailure, tellOpener } from './popup.js'

const failure = { error: 'access_denied', description: 'John said no.' }

test('a popup that says how the login ended is waited for no longer, though it stays open', async () => {
  const told = popupFailure({ closed: false } as Window, 'one')
  new BroadcastChannel('one').postMessage(failure)
  expect(await told).toEqual(failure)
})

test('a popup that says that the login went well leaves no failure', async () => {
  const told = popupFailure({ closed: false } as Window, 'two')
  new BroadcastChannel('two').postMessage(undefined)
  // Node makes a `null` of it on the way.
  expect((await told) ?? undefined).toBeUndefined()
})

test('a popup that is closed before it says anything is a failure', async () => {
  expect(await popupFailure({ closed: true } as Window, 'three')).toEqual({ error: 'popup_closed' })
})

test('what a popup says as it closes is heard', async () => {
  const popup = { closed: false }
  globalThis.close = () => (popup.closed = true)
  const told = popupFailure(popup as Window, 'four')
  tellOpener('four', failure)
  expect(await told).toEqual(failure)
})
