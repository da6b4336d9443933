using Baas.Core.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Baas.Functions.Hosting.Telemetry;

/// <summary>Takes secrets out of everything that is logged, whoever logs it and wherever it goes.</summary>
internal static class RedactedLogging
{
    /// <summary>Puts the redaction between all loggers and all providers.</summary>
    public static IServiceCollection AddRedactedLogging(this IServiceCollection services) => services
        .AddSingleton<LoggerFactory>()
        .Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider => new RedactingFactory(provider.GetRequiredService<LoggerFactory>())));

    private sealed class RedactingFactory(LoggerFactory inner) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => new RedactingLogger(inner.CreateLogger(categoryName));

        public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

        public void Dispose() => inner.Dispose();
    }

    private sealed class RedactingLogger(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var message = Redaction.Of(formatter(state, exception));
            var values = state is IReadOnlyList<KeyValuePair<string, object?>> structured ? structured.Select(Redact).ToArray() : [];
            inner.Log(logLevel, eventId, values, Redact(exception), (_, _) => message);
        }

        private static KeyValuePair<string, object?> Redact(KeyValuePair<string, object?> value) =>
            value.Value is string text ? new(value.Key, Redaction.Of(text)) : value;

        private static Exception? Redact(Exception? failure)
        {
            var text = failure?.ToString();
            return text is null || Redaction.Of(text) is var clean && clean == text ? failure : new RedactedException(clean);
        }
    }

    /// <summary>Stands for an exception whose text held a secret.</summary>
    private sealed class RedactedException(string text) : Exception
    {
        public override string Message => text;

        public override string ToString() => text;
    }
}
