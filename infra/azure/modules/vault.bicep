// Keeps the master key. The app may read secrets and nothing else; a deleted key can be recovered for 90 days and cannot be purged before.
param name string
param location string
param principalId string
param deployerObjectId string
param deployerType string
param privateNetworking bool
param subnetId string
param networkId string

var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: privateNetworking ? 'Disabled' : 'Enabled'
  }
}

resource read 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, secretsUser)
  scope: vault
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
  }
}

resource write 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerObjectId)) {
  name: guid(vault.id, deployerObjectId, secretsOfficer)
  scope: vault
  properties: {
    principalId: deployerObjectId
    principalType: deployerType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
  }
}

module endpoint 'privateEndpoint.bicep' = if (privateNetworking) {
  name: '${name}-vault'
  params: {
    name: '${name}-vault'
    location: location
    resourceId: vault.id
    group: 'vault'
    zone: 'privatelink.vaultcore.azure.net'
    subnetId: subnetId
    networkId: networkId
  }
}

output name string = vault.name
output uri string = vault.properties.vaultUri
