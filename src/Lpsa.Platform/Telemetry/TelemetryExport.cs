using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Lpsa.Platform;

/// <summary>
/// Sends traces and measurements to the collector that <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names, as OTLP over HTTP
/// (protobuf) under <c>/v1/traces</c> and <c>/v1/metrics</c>. A collector that is down costs nothing but its data.
/// </summary>
public sealed class TelemetryExport(PlatformOptions options) : IHostedService
{
    private static readonly string[] Sources = [Telemetry.Name, "Microsoft.AspNetCore", "Npgsql"];
    private static readonly string[] Meters =
    [
        Telemetry.Name,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Npgsql",
        "System.Runtime",
    ];

    private TracerProvider? traces;
    private MeterProvider? measurements;

    public Task StartAsync(CancellationToken cancel)
    {
        var resource = ResourceBuilder.CreateDefault().AddService("lpsa");
        traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(Sources)
            .AddOtlpExporter(o => Send(o, "/v1/traces"))
            .Build();
        measurements = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Meters)
            .AddOtlpExporter(o => Send(o, "/v1/metrics"))
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>What was measured last is sent before the process ends.</summary>
    public Task StopAsync(CancellationToken cancel)
    {
        traces?.Dispose();
        measurements?.Dispose();
        return Task.CompletedTask;
    }

    private void Send(OtlpExporterOptions exporter, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(options.OtlpEndpoint!.TrimEnd('/') + path);
    }
}
