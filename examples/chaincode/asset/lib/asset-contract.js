'use strict';

const { Contract } = require('fabric-contract-api');

/**
 * Assets with owners. Keys are the assets' ids, values are JSON with sorted properties: every endorser has to
 * write the same bytes.
 */
class AssetContract extends Contract {
  constructor() {
    super('asset');
  }

  /** Makes an asset; there must be none with its id. */
  async Create(ctx, id, owner, value) {
    requireText('id', id);
    requireText('owner', owner);
    if (await this.Exists(ctx, id)) {
      throw new Error(`asset "${id}" exists`);
    }

    return write(ctx, 'AssetCreated', { id, owner, value: wholeNumber(value) });
  }

  /** Gives an asset. */
  async Read(ctx, id) {
    return JSON.stringify(await read(ctx, id));
  }

  /** Tells whether there is an asset. */
  async Exists(ctx, id) {
    return (await ctx.stub.getState(id)).length > 0;
  }

  /** Gives an asset another value. */
  async Update(ctx, id, value) {
    const asset = await read(ctx, id);
    return write(ctx, 'AssetUpdated', { ...asset, value: wholeNumber(value) });
  }

  /** Gives an asset to another owner. */
  async Transfer(ctx, id, owner) {
    requireText('owner', owner);
    const asset = await read(ctx, id);
    return write(ctx, 'AssetTransferred', { ...asset, owner });
  }

  /** Deletes an asset; its history stays. */
  async Delete(ctx, id) {
    await read(ctx, id);
    await ctx.stub.deleteState(id);
    ctx.stub.setEvent('AssetDeleted', Buffer.from(JSON.stringify({ id })));
  }

  /** Lists the assets from one id up to, but not with, another; empty texts leave an end open. */
  async List(ctx, from, to) {
    const assets = [];
    for await (const { value } of ctx.stub.getStateByRange(from, to)) {
      assets.push(JSON.parse(Buffer.from(value).toString()));
    }

    return JSON.stringify(assets);
  }

  /** Lists what became of an asset, newest first: transaction, time and value, null where it was deleted. */
  async History(ctx, id) {
    const changes = [];
    for await (const { txId, timestamp, isDelete, value } of ctx.stub.getHistoryForKey(id)) {
      const time = new Date(Number(timestamp.seconds) * 1000 + Math.floor(timestamp.nanos / 1e6)).toISOString();
      changes.push({ transaction: txId, time, asset: isDelete ? null : JSON.parse(Buffer.from(value).toString()) });
    }

    return JSON.stringify(changes);
  }
}

async function read(ctx, id) {
  const bytes = await ctx.stub.getState(id);
  if (bytes.length === 0) {
    throw new Error(`asset "${id}" does not exist`);
  }

  return JSON.parse(Buffer.from(bytes).toString());
}

async function write(ctx, event, asset) {
  const text = JSON.stringify(asset, Object.keys(asset).sort());
  await ctx.stub.putState(asset.id, Buffer.from(text));
  ctx.stub.setEvent(event, Buffer.from(text));
  return text;
}

function requireText(name, text) {
  if (!text) {
    throw new Error(`${name} is empty`);
  }
}

function wholeNumber(text) {
  if (!/^-?\d{1,15}$/.test(text)) {
    throw new Error(`"${text}" is no whole number`);
  }

  return Number(text);
}

module.exports = { AssetContract };
