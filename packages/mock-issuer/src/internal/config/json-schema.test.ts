import { expect, test } from 'vitest'
import { configJsonSchema } from './json-schema.js'

test('is published as it is checked by', async () => {
  await expect(configJsonSchema()).toMatchFileSnapshot('../../../docs/issuer.schema.json')
})

test('tells an editor what there is, what it means and what is not there', () => {
  const schema = JSON.parse(configJsonSchema()) as { properties: Record<string, { description?: string }>; additionalProperties: unknown }
  expect(schema.properties['port']).toMatchObject({ type: 'integer', minimum: 0, maximum: 65_535 })
  expect(schema.properties['contract']).toMatchObject({ $ref: '#/$defs/Contract' })
  expect(schema.additionalProperties).toBe(false)
  for (const [name, { description }] of Object.entries(schema.properties))
    expect({ name, description }).toEqual({ name, description: expect.stringMatching(/\.$/) })
})
