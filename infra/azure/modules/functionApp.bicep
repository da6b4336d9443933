// The function app. Every connection is by identity; no setting is a secret.
param name string
param location string
param plan string
param maxInstances int
param identityId string
param identityClientId string
param storageName string
param storageUri string
param packagesContainer string
param vaultUri string
param appInsightsConnection string
param subnetId string
param oidcAuthority string
param oidcAudience string
param oidcRoleClaim string

var isFlex = plan == 'FlexConsumption'

var settings = concat([
  { name: 'AzureWebJobsStorage__accountName', value: storageName }
  { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
  { name: 'AzureWebJobsStorage__clientId', value: identityClientId }
  { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: appInsightsConnection }
  { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'ClientId=${identityClientId};Authorization=AAD' }
  { name: 'azure__storageUri', value: storageUri }
  { name: 'azure__container', value: 'baas' }
  { name: 'azure__keyVaultUri', value: vaultUri }
  { name: 'azure__masterKeySecret', value: 'baas-master-key' }
  { name: 'azure__identityClientId', value: identityClientId }
  { name: 'clusters__0__name', value: 'default' }
  { name: 'clusters__0__region', value: location }
  { name: 'clusters__0__kubeconfig', value: '/home/site/wwwroot/kubeconfig' }
  { name: 'clusters__0__defaultExposure', value: 'loadBalancer' }
  { name: 'oidc__authority', value: oidcAuthority }
  { name: 'oidc__audience', value: oidcAudience }
  { name: 'oidc__roleClaim', value: oidcRoleClaim }
], isFlex ? [] : [
  { name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }
  { name: 'FUNCTIONS_WORKER_RUNTIME', value: 'dotnet-isolated' }
  { name: 'WEBSITE_RUN_FROM_PACKAGE', value: '1' }
])

resource farm 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: name
  location: location
  kind: isFlex ? 'functionapp' : 'elastic'
  sku: isFlex ? { name: 'FC1', tier: 'FlexConsumption' } : { name: 'EP1', tier: 'ElasticPremium' }
  properties: isFlex ? { reserved: true } : { reserved: true, maximumElasticWorkerCount: maxInstances }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: farm.id
    httpsOnly: true
    virtualNetworkSubnetId: subnetId
    functionAppConfig: isFlex ? {
      deployment: { storage: { type: 'blobContainer', value: packagesContainer, authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId } } }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: { maximumInstanceCount: max(maxInstances, 40), instanceMemoryMB: 2048 } // the plan takes no fewer than 40
    } : null
    siteConfig: union({
      appSettings: settings
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
    }, isFlex ? {} : {
      linuxFxVersion: 'DOTNET-ISOLATED|10.0'
      minimumElasticInstanceCount: 1
      functionAppScaleLimit: maxInstances
      vnetRouteAllEnabled: true
      healthCheckPath: '/healthz'
    })
  }
}

output name string = app.name
output hostName string = app.properties.defaultHostName
