// The app, the cluster and the private endpoints stand in one network: the app dials Fabric's nodes by their internal load balancers.
param name string
param location string

@description('What the subnet of the function app is delegated to; the plan decides.')
param delegation string

resource network 'Microsoft.Network/virtualNetworks@2024-01-01' = {
  name: name
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.64.0.0/14'] }
    subnets: [
      {
        name: 'functions'
        properties: {
          addressPrefix: '10.64.0.0/24'
          delegations: [{ name: 'functions', properties: { serviceName: delegation } }]
        }
      }
      { name: 'endpoints', properties: { addressPrefix: '10.64.1.0/24' } }
      { name: 'cluster', properties: { addressPrefix: '10.65.0.0/16' } }
    ]
  }
}

output networkId string = network.id
output functionsSubnetId string = network.properties.subnets[0].id
output endpointsSubnetId string = network.properties.subnets[1].id
output clusterSubnetId string = network.properties.subnets[2].id
