Console.WriteLine("baas");
