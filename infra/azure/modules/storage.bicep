// Records, artifacts, the app's packages, and the queues and tables of Durable Task. Keys are switched off: only roles open it.
param name string
param location string
param principalId string
param privateNetworking bool
param subnetId string
param networkId string

var roles = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner: the Functions host takes leases
  queues: '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
  tables: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
}

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: privateNetworking ? 'Disabled' : 'Enabled'
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: 14 }
      containerDeleteRetentionPolicy: { enabled: true, days: 14 }
    }

    resource records 'containers' = { name: 'baas' }
    resource packages 'containers' = { name: 'packages' }
  }
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in items(roles): {
  name: guid(account.id, principalId, role.value)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
  }
}]

module endpoints 'privateEndpoint.bicep' = [for kind in ['blob', 'queue', 'table']: if (privateNetworking) {
  name: '${name}-${kind}'
  params: {
    name: '${name}-${kind}'
    location: location
    resourceId: account.id
    group: kind
    zone: 'privatelink.${kind}.${environment().suffixes.storage}'
    subnetId: subnetId
    networkId: networkId
  }
}]

output name string = account.name
output blobUri string = account.properties.primaryEndpoints.blob
output packagesContainer string = '${account.properties.primaryEndpoints.blob}packages'
