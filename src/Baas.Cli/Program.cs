using System.CommandLine;
using System.CommandLine.Invocation;
using Baas.Cli;
using Baas.Cli.Commands;
using Baas.Cli.Output;
using Baas.Cli.Settings;

var root = new RootCommand("""
    Makes, runs and looks after Hyperledger Fabric networks on Kubernetes.

    Begin here:
      baas up                                   a service, a sandbox cluster and a ready network, in one command
      baas plan -f examples/two-orgs.yaml       what a specification would make
      baas network create -f FILE               make it
    """)
{
    UpCommand.Create(),
    ServeCommand.Create(),
    SandboxCommand.Create(),
    PlanCommand.Create(),
    NetworkCommand.Create(),
    OperationCommand.Create(),
    ProfileCommand.Create(),
    IdentityCommand.Create(),
    TopologyCommand.Create(),
    LogsCommand.Create(),
    HealthCommand.Create(),
    AlertsCommand.Create(),
    BackupCommand.Create(),
    RestoreCommand.Create(),
    TransactionCommand.Create(),
    CertificatesCommand.Create(),
    UpgradeCommand.Create(),
    QueueCommand.Create(),
    VersionCommand.Create(),
    AgentCommand.Create(),
};
ConnectionOptions.AddTo(root);
Printer.AddTo(root);
HelpWithExamples.AddTo(root);

var line = root.Parse(args);
if (line.Action is ParseErrorAction wrong)
{
    wrong.ShowHelp = false; // the one line that says what is wrong would scroll away
}

try
{
    // Programs of the sandbox get time to end before this one does; the default would be 2 s.
    var endLimit = TimeSpan.FromSeconds(30);

    // Wrong command lines end with 2; the library's own code for them is 1, which is for failed operations here. Who asks for help need not give what is required.
    var code = await line.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = endLimit });
    return line.Action is ParseErrorAction || line.UnmatchedTokens.Count > 0 ? ExitCode.BadInput : code;
}
catch (Exception failure) // a border: every failure ends as one clear line
{
    return Failures.Explain(failure);
}
