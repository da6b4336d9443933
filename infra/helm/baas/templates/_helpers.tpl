{{- define "baas.labels" -}}
app.kubernetes.io/name: baas
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "baas.selector" -}}
app.kubernetes.io/name: baas
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
