"""Common given names in a few languages, for the sieve of stories. Plain data; names that are everyday words are left out."""

NAMES = """
    Aaron Abdul Abdullah Adam Ahmad Ahmed Aisha Alejandro Alexander Ali Alice Amanda Amina Amira Amy Ana Andrea Andrew Anja Anna Anne
    Antoine Antonio Ayşe Barbara Beatriz Ben Benjamin Bernard Camila Camille Carla Carlos Carmen Carol Caroline Catherine Chen Chloe Christian
    Claire Claudia Daniel David Deborah Diego Dimitri Dmitry Elena Elisabeth Elizabeth Ella Emily Emma Eric Eva Fatima Fatma Felix
    Fernando Francesca Francisco François Gabriel George Giovanni Giulia Hans Hannah Hassan Helen Helena Henri Hussein Ibrahim Ines Ingrid Isabel
    Isabella Ivan Jack Jacob Jacques James Jan Jane Javier Jean Jennifer Jessica Johan John Jonas José Joseph Juan Julia Julie Julien Karim Karin Karl
    Kate Katharina Khaled Khalid Klaus Laila Laura Layla Lea Leila Leo Li Liam Lina Linda Lisa Louis Louise Lucas Lucía Luis Lukas
    Manuel Marco Margaret Maria Marie Mariam Mario Marta Martin Mary Maryam Matteo Max Mehmet Mei Michael Michel Miguel Mohamed Mohammad
    Mohammed Mona Muhammad Mustafa Nadia Natalia Nicolas Nina Noah Noor Nora Oliver Olga Omar Pablo Patricia Paul Paula Pedro Peter
    Philippe Pierre Priya Rachel Rania Raj Ravi Rebecca Richard Robert Samira Samuel Sandra Sara Sarah Sergei Sofia Sophia Sophie Stefan
    Stephanie Stephen Susan Svetlana Thomas Tom Ursula Valentina Victor Wei William Yasmin Youssef Yusuf Zainab Zeynep
    أحمد محمد محمود فاطمة مريم عمر خالد زينب يوسف إبراهيم حسن حسين عائشة ليلى مصطفى
"""
GIVEN = frozenset(NAMES.split())
