// Everything that Baas needs in one resource group. Deployed by infra/azure/deploy.sh; nothing secret stands here or in its parameters.
targetScope = 'resourceGroup'

@description('Short name that all resources begin with; letters and digits.')
@minLength(3)
@maxLength(11)
param name string = 'baas'

@description('Region of all resources.')
param location string = resourceGroup().location

@description('Plan of the function app: FlexConsumption scales to zero, Premium keeps one instance warm.')
@allowed(['FlexConsumption', 'Premium'])
param plan string = 'FlexConsumption'

@description('Most instances of the function app.')
@minValue(1)
@maxValue(100)
param maxInstances int = 20

@description('Resource id of an AKS cluster that is there already; empty to make one.')
param existingClusterId string = ''

@description('VM size of the cluster that is made.')
param clusterVmSize string = 'Standard_D4s_v5'

@description('Nodes of the cluster that is made.')
param clusterNodes int = 3

@description('Whether storage and vault are reached over private endpoints only.')
param privateNetworking bool = false

@description('Object id of the person or pipeline that deploys: may write the master key once. Empty for nobody.')
param deployerObjectId string = ''

@description('Type of that principal.')
@allowed(['User', 'ServicePrincipal', 'Group'])
param deployerType string = 'User'

@description('Mail address that alerts go to; empty for none.')
param alertMail string = ''

@description('OpenID Connect provider of the first administrators; they make API keys for all others. The default is this tenant of Entra.')
param oidcAuthority string = '${environment().authentication.loginEndpoint}${subscription().tenantId}/v2.0'

@description('Audience of its tokens: the client id of the app registration that stands for Baas.')
param oidcAudience string

@description('Claim that holds the role: reader, operator, owner or admin. Entra puts app roles into this one.')
param oidcRoleClaim string = 'roles'

var suffix = uniqueString(resourceGroup().id, name)

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: { name: '${name}-${suffix}', location: location }
}

module network 'modules/network.bicep' = {
  name: 'network'
  params: { name: '${name}-${suffix}', location: location, delegation: plan == 'FlexConsumption' ? 'Microsoft.App/environments' : 'Microsoft.Web/serverFarms' }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    name: take('${toLower(name)}${suffix}', 24)
    location: location
    principalId: identity.outputs.principalId
    privateNetworking: privateNetworking
    subnetId: network.outputs.endpointsSubnetId
    networkId: network.outputs.networkId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    name: take('${name}-${suffix}', 24)
    location: location
    principalId: identity.outputs.principalId
    deployerObjectId: deployerObjectId
    deployerType: deployerType
    privateNetworking: privateNetworking
    subnetId: network.outputs.endpointsSubnetId
    networkId: network.outputs.networkId
  }
}

module monitor 'modules/monitor.bicep' = {
  name: 'monitor'
  params: { name: '${name}-${suffix}', location: location, principalId: identity.outputs.principalId, alertMail: alertMail }
}

module cluster 'modules/cluster.bicep' = if (empty(existingClusterId)) {
  name: 'cluster'
  params: {
    name: '${name}-${suffix}'
    location: location
    vmSize: clusterVmSize
    nodes: clusterNodes
    subnetId: network.outputs.clusterSubnetId
    workspaceId: monitor.outputs.workspaceId
  }
}

module access 'modules/clusterAccess.bicep' = {
  name: 'clusterAccess'
  scope: resourceGroup(empty(existingClusterId) ? subscription().subscriptionId : split(existingClusterId, '/')[2], empty(existingClusterId) ? resourceGroup().name : split(existingClusterId, '/')[4])
  params: {
    clusterName: empty(existingClusterId) ? cluster!.outputs.name : last(split(existingClusterId, '/'))
    principalId: identity.outputs.principalId
  }
}

module app 'modules/functionApp.bicep' = {
  name: 'functionApp'
  params: {
    name: '${name}-${suffix}'
    location: location
    plan: plan
    maxInstances: maxInstances
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    storageUri: storage.outputs.blobUri
    packagesContainer: storage.outputs.packagesContainer
    vaultUri: vault.outputs.uri
    appInsightsConnection: monitor.outputs.connectionString
    subnetId: network.outputs.functionsSubnetId
    oidcAuthority: oidcAuthority
    oidcAudience: oidcAudience
    oidcRoleClaim: oidcRoleClaim
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: { name: '${name}-${suffix}', location: location, appInsightsId: monitor.outputs.appInsightsId, actionGroupId: monitor.outputs.actionGroupId, appName: app.outputs.name }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  params: { name: '${name}-${suffix}', location: location, appInsightsId: monitor.outputs.appInsightsId }
}

output functionApp string = app.outputs.name
output address string = 'https://${app.outputs.hostName}'
output vault string = vault.outputs.name
output clusterId string = empty(existingClusterId) ? cluster!.outputs.id : existingClusterId
output identityPrincipalId string = identity.outputs.principalId
