using System.CommandLine;
using System.Net;
using Baas.Cli.Output;
using Baas.Core.Kubernetes;
using Baas.Functions.Hosting.Local;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Baas.Cli.Commands;

/// <summary><c>baas serve</c>: the service alone, against real clusters.</summary>
internal static class ServeCommand
{
    private static readonly Option<FileInfo?> Kubeconfig = new("--kubeconfig") { Description = "The kubeconfig of the cluster that networks are made on", HelpName = "FILE" };
    private static readonly Option<string?> Context = new("--context") { Description = "The kubeconfig's context [default: its current one]", HelpName = "NAME" };
    private static readonly Option<FileInfo?> Settings = new("--settings") { Description = "A JSON file with further settings: clusters, limits, oidc, journal (docs/settings.md)", HelpName = "FILE" };
    private static readonly Option<string> Address = new("--address") { Description = "Where to listen; other than loopback needs a certificate", DefaultValueFactory = _ => "127.0.0.1" };
    private static readonly Option<int?> Port = HostOptions.Port("The API's port [default: 7700]");
    private static readonly Option<FileInfo?> Certificate = new("--certificate") { Description = "The API's certificate with its chain, PEM", HelpName = "FILE" };
    private static readonly Option<FileInfo?> Key = new("--key") { Description = "The certificate's key, PEM", HelpName = "FILE" };
    private static readonly Option<DirectoryInfo> Data = HostOptions.Data();

    public static Command Create()
    {
        var command = new Command("serve", "Runs the service against a cluster of yours, until Ctrl-C.") { Kubeconfig, Context, Settings, Address, Port, Certificate, Key, Data };
        command.WithExamples("""
            baas serve --kubeconfig ~/.kube/config
            baas serve --settings baas.json --address 0.0.0.0 --certificate api.crt --key api.key
            """);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var settings = ReadSettings(line.GetValue(Settings));
        var data = line.GetRequiredValue(Data);
        await using var service = await LocalService.StartAsync(
            new LocalOptions
            {
                DataFolder = data.FullName,
                Address = IPAddress.TryParse(line.GetRequiredValue(Address), out var address)
                    ? address
                    : throw new CliException(ExitCode.BadInput, $"cannot listen on \"{line.GetValue(Address)}\": it has to be an IP address"),
                Port = line.GetValue(Port) ?? LocalOptions.DefaultPort,
                CertificateFile = line.GetValue(Certificate)?.FullName,
                KeyFile = line.GetValue(Key)?.FullName,
                Clusters = ClustersOf(line, settings),
                Settings = settings,
                LogLevel = LogLevel.Information,
            },
            cancellationToken);
        var known = await LocalAccess.EnsureAsync(service, data, cancellationToken);
        Printer.Messages.MarkupLineInterpolated($"service at [bold]{known.Server}[/], tenant {known.Tenant}, API key in {Cli.Settings.UserSettings.FilePath}; Ctrl-C ends it");
        await Shutdown.WaitAsync(service.Completion, cancellationToken);
        return ExitCode.Success;
    }

    private static List<ClusterOptions> ClustersOf(ParseResult line, IConfiguration settings)
    {
        if (line.GetValue(Kubeconfig) is not { } kubeconfig)
        {
            return LocalSettings.Read<List<ClusterOptions>>(settings, "clusters") is { Count: > 0 } clusters
                ? clusters
                : throw new CliException(ExitCode.BadInput, "cannot serve without a cluster: name one with --kubeconfig FILE, or several in --settings FILE");
        }

        if (!kubeconfig.Exists)
        {
            throw new CliException(ExitCode.BadInput, $"cannot read kubeconfig \"{kubeconfig}\": it does not exist");
        }

        // Registry, pull secrets and exposure of the one cluster can still stand in the settings.
        var cluster = LocalSettings.Read<ClusterOptions>(settings, "clusters:0");
        cluster.Kubeconfig = kubeconfig.FullName;
        cluster.Context = line.GetValue(Context);
        return [cluster];
    }

    private static IConfiguration ReadSettings(FileInfo? file)
    {
        var builder = new ConfigurationBuilder();
        if (file is not null)
        {
            builder.AddJsonFile(file.FullName, optional: false);
        }

        try
        {
            return builder.AddEnvironmentVariables("BAAS_SETTING_").Build();
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.BadInput, $"cannot read settings \"{file}\": {(failure.InnerException ?? failure).Message.Split('\n')[0]}", failure);
        }
    }
}
