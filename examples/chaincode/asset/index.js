'use strict';

const { AssetContract } = require('./lib/asset-contract');

// Where fabric-shim looks for what it serves.
module.exports.contracts = [AssetContract];
