'use strict';

/**
 * Serves the contract to peers. Settings are environment variables:
 * CHAINCODE_SERVER_ADDRESS (host:port to listen on), CHAINCODE_ID (the package id that peers have installed) and, unless
 * CHAINCODE_TLS_DISABLED is true, CHAINCODE_TLS_CERT_FILE and CHAINCODE_TLS_KEY_FILE (PEM). CORE_CHAINCODE_LOGGING_LEVEL says how much is logged: ERROR, WARNING
 * (the default here), INFO or DEBUG.
 */
function argumentsFrom(environment) {
  const required = (name) => {
    if (!environment[name]) {
      throw new Error(`${name} is not set`);
    }

    return environment[name];
  };

  const tls =
    environment.CHAINCODE_TLS_DISABLED === 'true'
      ? []
      : ['--chaincode-tls-cert-file', required('CHAINCODE_TLS_CERT_FILE'), '--chaincode-tls-key-file', required('CHAINCODE_TLS_KEY_FILE')];

  return ['server', '--chaincode-address', required('CHAINCODE_SERVER_ADDRESS'), '--chaincode-id', required('CHAINCODE_ID'), '--module-path', __dirname, ...tls];
}

if (require.main === module) {
  try {
    process.argv.splice(2, process.argv.length, ...argumentsFrom(process.env));
  } catch (failure) {
    console.error(`cannot serve the chaincode: ${failure.message}`);
    process.exit(1);
  }

  // Otherwise the shim writes a line for every transaction that went well.
  process.env.CORE_CHAINCODE_LOGGING_LEVEL ??= 'WARNING';

  // It reads the arguments when it is loaded.
  require('fabric-shim/cli');
}

module.exports = { argumentsFrom };
